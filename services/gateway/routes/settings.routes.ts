import { z } from 'zod';
import { locale, moment, role } from '../../shared/contracts/fields';
import { ok, RouteTable, type Route } from '../../shared/http/route';
import { policies } from '../policies';

/** Settings of the product, as the gateway's environment has them. */
export interface Settings {
  CURRENCY: string;
  BUSINESS_TIME_ZONE: string;
  CUT_OFF: string;
  SIGN_UP: 'open' | 'approval' | 'off';
  JIRA_URL: string | null;
  DEMO_LOGINS: z.infer<typeof demoLogins> | null;
  VERSION: string;
}

/** Logins of the demo company; only the local start has them. */
export const demoLogins = z.array(z.object({ role, login: z.string(), beakShape: z.string() }));

const settingsView = z
  .object({
    currency: z.string().meta({ description: 'ISO 4217', example: 'USD' }),
    businessTimeZone: z.string().meta({ example: 'Europe/Moscow' }),
    cutOff: z.string().meta({ example: '18:00' }),
    now: moment,
    languages: z.array(locale),
    signUpEnabled: z.boolean(),
    jiraUrl: z.string().nullable(),
    demoLogins: demoLogins.optional(),
    version: z.string(),
  })
  .meta({ id: 'Settings' });

/** Builds the route of the settings that the web application needs before anybody logs in. */
export function settingsRoutes(settings: Settings): Route[] {
  return new RouteTable(policies).on('GET /api/v1/settings', {
    summary: 'Settings of the product, and the time by its clock',
    tag: 'settings',
    answers: { 200: settingsView },
    handle: () =>
      Promise.resolve(
        ok({
          currency: settings.CURRENCY,
          businessTimeZone: settings.BUSINESS_TIME_ZONE,
          cutOff: settings.CUT_OFF,
          now: new Date().toISOString(),
          languages: locale.options,
          signUpEnabled: settings.SIGN_UP !== 'off',
          jiraUrl: settings.JIRA_URL,
          ...(settings.DEMO_LOGINS && { demoLogins: settings.DEMO_LOGINS }),
          version: settings.VERSION,
        }),
      ),
  }).routes;
}
