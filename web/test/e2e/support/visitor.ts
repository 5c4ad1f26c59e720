import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM_ADVICE, findChromium } from '../../../../tools/stack/chromium';
import { textsIn, type Language, type Say } from './texts';

/** Longest wait for what a person would see. */
const PATIENCE_MS = 15_000;
const HEIGHT = { 1280: 800, 360: 740 };

/** How a person comes: width of the window and language. */
export interface Visit {
  width: 1280 | 360;
  language: Language;
  /** `dark` and `light` as the system says it. */
  theme?: 'light' | 'dark';
}

/** The ways that the scenes are played. */
export const VISITS: readonly Visit[] = [
  { width: 1280, language: 'en' },
  { width: 360, language: 'ru' },
];

/** Starts the system's Chromium. Throws naming the package where it is missing. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`No Chromium: ${CHROMIUM_ADVICE}`);
  // Containers have no user namespaces for the sandbox; the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A person with a browser of their own, and everything that went wrong on their pages. */
export class Visitor {
  readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    readonly say: Say,
    private readonly context: BrowserContext,
  ) {}

  /** Opens a window; nothing is loaded yet. */
  static async arrive(browser: Browser, origin: string, visit: Visit): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: origin,
      viewport: { width: visit.width, height: HEIGHT[visit.width] },
      locale: visit.language,
      colorScheme: visit.theme ?? 'light',
      hasTouch: visit.width < 640,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const visitor = new Visitor(await context.newPage(), await textsIn(visit.language), context);
    visitor.watch(origin);
    return visitor;
  }

  private watch(origin: string): void {
    const { page, faults } = this;
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error') faults.push(`console: ${text}`);
      if (/i18next::|missingKey/.test(text)) faults.push(`no text: ${text}`);
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(origin)) faults.push(`foreign request: ${url}`);
    });
  }

  /** Logs in on the login page, as a person does. */
  async logIn(who: { nickname: string; beakShape: string }): Promise<void> {
    const { page, say } = this;
    await page.goto('/login');
    await page.getByLabel(say('access:logIn.login')).fill(who.nickname);
    await page
      .getByLabel(say('access:logIn.beakShape'), { exact: false })
      .first()
      .fill(who.beakShape);
    await page.getByRole('button', { name: say('access:logIn.submit'), exact: true }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  }

  /**
   * Closes the window. Throws when a console error, a violation of the policy, a foreign request or
   * a missing text was seen; `expected` are refusals that the scene is about.
   */
  async leave(expected: readonly RegExp[] = []): Promise<void> {
    await this.context.close();
    const surprising = this.faults.filter((fault) => !expected.some((known) => known.test(fault)));
    if (surprising.length > 0) throw new Error(`On the pages:\n${surprising.join('\n')}`);
  }
}
