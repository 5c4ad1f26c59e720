import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const SECRET_BYTES = 24;
const PRIVATE_FILE = 0o600;

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

  /** Reads the file, or begins a new one. */
  static async open(file: string): Promise<Secrets> {
    try {
      return new Secrets(file, JSON.parse(await readFile(file, 'utf8')) as Content, false);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return new Secrets(file, { instance: randomUUID(), values: {} }, true);
    }
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

/** Writes a file readable by its owner only; readers see the old or the new one, never a part. */
export async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, text, { mode: PRIVATE_FILE });
  await rename(draft, file);
}
