/** One check and its result. */
interface Line {
  scene: string;
  what: string;
  isGood: boolean;
  measured: string;
}

/** Collects the checks of all scenes. Prints each at once, and all as a table at the end. */
export class Report {
  private readonly lines: Line[] = [];
  private scene = '';

  begin(scene: string): void {
    this.scene = scene;
    console.log(`\n== ${scene}`);
  }

  /** Records whether a check passed, with a measurement or observation. */
  check(what: string, isGood: boolean, measured: unknown = ''): void {
    const line = { scene: this.scene, what, isGood, measured: String(measured) };
    this.lines.push(line);
    console.log(`${isGood ? '✓' : '✗'} ${what}${line.measured ? `: ${line.measured}` : ''}`);
  }

  /** Runs a check; when it throws, the check failed for that reason. */
  async attempt(what: string, work: () => Promise<string | void>): Promise<void> {
    try {
      this.check(what, true, (await work()) ?? '');
    } catch (error) {
      this.check(what, false, error instanceof Error ? error.message : error);
    }
  }

  /** Prints the table and, as the last line, the verdict; true when nothing failed. */
  finish(): boolean {
    const width = Math.max(...this.lines.map(({ what }) => what.length));
    console.log('');
    for (const { scene, what, isGood, measured } of this.lines) {
      const mark = isGood ? '✓' : '✗';
      console.log(`${mark} ${scene.split(' ')[0]!.padEnd(3)} ${what.padEnd(width)}  ${measured}`);
    }
    const failed = this.lines.filter(({ isGood }) => !isGood).length;
    console.log(`${this.lines.length - failed} passed, ${failed} failed`);
    return failed === 0;
  }
}
