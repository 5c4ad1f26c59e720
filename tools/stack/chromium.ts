import { ourEnvironment } from './environment';
import { findInPath, isExecutable } from './find-in-path';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** What to do where no browser is found. */
export const CHROMIUM_ADVICE =
  'apt-get install chromium, or set CHROMIUM to the program of a Chromium or Chrome';

/** The browser for the tests of the pages: CHROMIUM, else the first in PATH. */
export function findChromium(): string | undefined {
  const { chromium } = ourEnvironment;
  if (chromium !== undefined) return isExecutable(chromium) ? chromium : undefined;
  return PROGRAMS.map(findInPath).find((program) => program !== undefined);
}
