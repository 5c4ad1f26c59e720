import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from 'playwright-core';
import { CHROMIUM_ADVICE, findChromium } from '../../../../tools/stack/chromium';
import { textsIn, type Language, type Say } from './texts';

/** Longest wait for what a person would see. */
const PATIENCE_MS = 15_000;
const HEIGHT = { 1280: 800, 360: 740 };
/** A page where more stops are before the one that is looked for is no page for the keyboard. */
const MOST_STOPS = 120;
const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2, levels A and AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** How a person comes: width of the window and language. */
export interface Visit {
  width: 1280 | 360;
  language: Language;
  /** `dark` and `light` as the system says it. */
  theme: 'light' | 'dark';
  /** With the keyboard alone; else by mouse, or on phones by touch. */
  hands: 'keyboard' | 'pointer';
}

/** The ways that the scenes are played by `npm test`. */
const FEW: readonly Visit[] = [
  { width: 1280, language: 'en', theme: 'light', hands: 'keyboard' },
  { width: 360, language: 'ru', theme: 'dark', hands: 'pointer' },
];

/** Each width, language and theme, by keyboard where there is one, and by pointer. */
function everyVisit(): Visit[] {
  const visits: Visit[] = [];
  for (const width of [1280, 360] as const) {
    for (const language of ['en', 'ru'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        for (const hands of width === 360
          ? (['pointer'] as const)
          : (['keyboard', 'pointer'] as const)) {
          visits.push({ width, language, theme, hands });
        }
      }
    }
  }
  return visits;
}

/** The ways that the scenes are played: a few, or with `WEB_VISITS=all` every one. */
export const VISITS = process.env['WEB_VISITS'] === 'all' ? everyVisit() : FEW;

/** Starts the system's Chromium. Throws naming the package where it is missing. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`No Chromium: ${CHROMIUM_ADVICE}`);
  // Containers have no user namespaces for the sandbox; the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A person with a browser of their own, and everything that went wrong on their pages. */
export class Visitor {
  private readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    readonly say: Say,
    readonly visit: Visit,
    private readonly context: BrowserContext,
  ) {}

  /** Opens a window; nothing is loaded yet. */
  static async arrive(browser: Browser, origin: string, visit: Visit): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: origin,
      viewport: { width: visit.width, height: HEIGHT[visit.width] },
      locale: visit.language,
      colorScheme: visit.theme,
      hasTouch: visit.width < 640,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const say = await textsIn(visit.language);
    const visitor = new Visitor(await context.newPage(), say, visit, context);
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

  /** Presses a button, a link or a box: with the keyboard, after Tab has led there. */
  async press(control: Locator): Promise<void> {
    if (this.visit.hands === 'pointer') return control.click();
    await this.tabTo(control);
    const isBox = ['checkbox', 'radio'].includes((await control.getAttribute('type')) ?? '');
    await this.page.keyboard.press(isBox ? 'Space' : 'Enter');
  }

  /** Types into a field, over what is there. */
  async fill(field: Locator, text: string): Promise<void> {
    if (this.visit.hands === 'pointer') return field.fill(text);
    await this.tabTo(field);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(text);
  }

  /** Chooses what is found by typing into a field. */
  async pick(field: Locator, text: string): Promise<void> {
    await this.fill(field, text);
    const option = this.page.getByRole('option', { name: text });
    await option.waitFor();
    if (this.visit.hands === 'pointer') return option.click();
    // The chosen option looks chosen.
    const chosen = this.page.locator('[role="option"][data-combobox-selected]');
    while ((await chosen.filter({ hasText: text }).count()) === 0) {
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
  }

  /** Presses Tab until the control has the focus. Throws when it never gets it. */
  private async tabTo(control: Locator): Promise<void> {
    await control.waitFor();
    const focused = control.and(this.page.locator(':focus'));
    const isFocused = async (): Promise<boolean> => (await focused.count()) > 0;
    for (let stops = 0; !(await isFocused()); stops += 1) {
      if (stops === MOST_STOPS) throw new Error(`Tab does not lead to ${String(control)}`);
      await this.page.keyboard.press('Tab');
      const radio = this.page.locator('[type="radio"]:focus');
      // Of radio buttons, one is a stop: arrows lead to the others of its group.
      if ((await control.getAttribute('type')) === 'radio' && (await radio.count()) > 0) {
        await this.page.keyboard.press('ArrowDown');
      }
    }
  }

  /** Logs in on the login page, as a person does. */
  async logIn(who: { nickname: string; beakShape: string }): Promise<void> {
    const { page, say } = this;
    await page.goto('/login');
    await this.fill(page.getByLabel(say('access:logIn.login')), who.nickname);
    const shape = page.getByLabel(say('access:logIn.beakShape'), { exact: false }).first();
    await this.fill(shape, who.beakShape);
    await this.press(page.getByRole('button', { name: say('access:logIn.submit'), exact: true }));
    await page.waitForURL((url) => url.pathname !== '/login');
    await page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** Opens a page of the menu; on phones it may be in the sheet behind the bar. */
  async open(title: string): Promise<void> {
    const { page, say } = this;
    // A number may stand beside the title.
    const entry = page.getByRole('link').filter({ has: page.getByText(title, { exact: true }) });
    const menu = page.getByRole('navigation', { name: say('shell.navigation') });
    await menu.getByRole('link').first().waitFor();
    if (this.visit.width === 360 && (await menu.locator(entry).count()) === 0) {
      await this.press(menu.getByRole('button', { name: say('shell.more') }));
      await this.press(page.getByRole('dialog').locator(entry));
    } else {
      await this.press(menu.locator(entry));
    }
  }

  /** Notes each violation of WCAG 2.2 (A, AA) on the page as it stands. */
  async checkAccess(what: string): Promise<void> {
    await this.page.evaluate(AXE);
    const run = `axe.run({ runOnly: ${JSON.stringify(RULES)} })`;
    const results = await this.page.evaluate<AxeResults>(run);
    const violations = results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
    );
    this.faults.push(...violations.map((violation) => `${what}: ${violation}`));
  }

  /**
   * Closes the window. Returns console errors, violations of the policy and of WCAG, foreign
   * requests and missing texts that were seen.
   */
  async leave(): Promise<string[]> {
    await this.context.close();
    return this.faults;
  }
}
