import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parsePrepared } from './data-directory';
import { writePrivate } from './put-in-place';

const SECRET_BYTES = 24;

interface Content {
  /** Whose databases and streams these are: written beside them as a mark of ownership. */
  instance: string;
  values: Record<string, string>;
}

/**
 * Passwords and tokens of one stack, made when first asked for and kept in a file that only its
 * owner can read.
 */
export class Secrets {
  private constructor(
    private readonly file: string,
    private readonly content: Content,
    /** True when the file did not exist: nothing of an earlier start is known. */
    readonly isNew: boolean,
  ) {}

  /** Reads the file, or begins a new one. Throws, with what to do, when it can't be read. */
  static async open(file: string): Promise<Secrets> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return new Secrets(file, { instance: randomUUID(), values: {} }, true);
    return new Secrets(file, parsePrepared<Content>(file, text), false);
  }

  get instance(): string {
    return this.content.instance;
  }

  /** The secret of that name; the same at every start. */
  get(name: string): string {
    return (this.content.values[name] ??= randomBytes(SECRET_BYTES).toString('hex'));
  }

  /** A remembered choice, undefined before it was made. */
  recall(name: string): string | undefined {
    return this.content.values[name];
  }

  /** Remembers a choice for the next start. */
  remember(name: string, value: string): void {
    this.content.values[name] = value;
  }

  /** Writes the file, readable by its owner only, all of it or nothing. */
  async save(): Promise<void> {
    await writePrivate(this.file, JSON.stringify(this.content, null, 2));
  }
}
