import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parsePrepared } from './data-directory';
import { writePrivate } from './put-in-place';

const SECRET_BYTES = 24;

interface Content {
  /** Random id of this data directory's life: part of the mark of ownership in Redis. */
  instance: string;
  values: Record<string, string>;
}

/**
 * Passwords and tokens of one stack, generated on first use and kept in a file that only its owner
 * can read.
 */
export class Secrets {
  private constructor(
    private readonly file: string,
    private readonly content: Content,
    /** True when the file did not exist: no state of an earlier start is known. */
    readonly isNew: boolean,
  ) {}

  /** Reads the file, or begins a new one. Throws `Unusable` when its content is broken. */
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

  /** The secret of that name; generated on first use. */
  get(name: string): string {
    return (this.content.values[name] ??= randomBytes(SECRET_BYTES).toString('hex'));
  }

  /** A remembered value, undefined before `remember()`. */
  recall(name: string): string | undefined {
    return this.content.values[name];
  }

  /** Stores a value for the next start. */
  remember(name: string, value: string): void {
    this.content.values[name] = value;
  }

  /** Writes the file atomically, readable only by its owner. */
  async save(): Promise<void> {
    await writePrivate(this.file, JSON.stringify(this.content, null, 2));
  }
}
