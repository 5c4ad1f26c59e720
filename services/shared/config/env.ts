import { z } from 'zod';

const MAX_PORT = 65_535;

/** TCP port in an environment variable. */
export const port = z.coerce.number().int().min(1).max(MAX_PORT);

/** Boolean variable: `true` or `false`, nothing else. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Refuses offsets such as `+03:00`: no daylight saving time, and only some versions know them. */
const ZONE_NAME = /^[A-Za-z]/;

/**
 * Returns whether the running ICU knows the zone or alias; `Intl.supportedValuesOf` lists only one
 * name of each zone.
 */
function isTimeZone(name: string): boolean {
  try {
    return ZONE_NAME.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const timeZone = z.string().superRefine((name, context) => {
  if (isTimeZone(name)) return;
  const message = `no time zone is called ${JSON.stringify(name)} here; one is Europe/Moscow`;
  context.addIssue({ code: 'custom', message });
});

/** Environment of every service. */
export const serviceEnv = {
  HOST: z.string().default('127.0.0.1'),
  PORT: port,
  METRICS_PORT: port,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DAPR_HTTP_PORT: port,
  /** Token that the app sends to its sidecar. */
  DAPR_API_TOKEN: z.string().min(1),
  /** Token that the sidecar sends to its app with every request. */
  APP_API_TOKEN: z.string().min(1),
  /** IANA name of the business time zone: of business days, and of times in files. */
  BUSINESS_TIME_ZONE: timeZone.default('Europe/Moscow'),
};
export type ServiceEnv = z.infer<z.ZodObject<typeof serviceEnv>>;

/** Environment of services with a database: the url of the app role. */
export const databaseEnv = { DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }) };

/** Environment of services that check access tokens. */
export const tokenEnv = { TOKEN_ISSUER: z.string().min(1).default('popug') };
export type TokenEnv = z.infer<z.ZodObject<typeof tokenEnv>>;

/** Environment of services that handle money: ISO 4217, the same in all services. */
export const currencyEnv = {
  CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
};

/** Environment of services that count business days; the same in all of them. */
export const businessDayEnv = {
  BUSINESS_TIME_ZONE: serviceEnv.BUSINESS_TIME_ZONE,
  /** Local time at which a business day ends. A change holds from the next day opened. */
  CUT_OFF: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('18:00'),
};

/** Thrown for an invalid environment; names its faults. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Reads and validates the environment. Throws `ConfigurationError` that lists all faults, so that
 * one start finds them all.
 */
export function readEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: Record<string, string | undefined> = process.env,
): z.infer<z.ZodObject<Shape>> {
  const result = z.object(shape).safeParse(environment);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(`The environment is not complete:\n${faults.join('\n')}`);
}

/** An address that must be reachable before a service starts. */
export interface Address {
  name: string;
  url: URL;
}

const WAIT_FOR = /^WAIT_FOR_(\w+)$/;

/**
 * Returns the addresses that must be reachable before a pod's containers start: each variable
 * `WAIT_FOR_<name>` is a url or `host:port`. Throws `ConfigurationError` for anything else.
 */
export function addressesToWaitFor(
  environment: Record<string, string | undefined> = process.env,
): Address[] {
  return Object.entries(environment).flatMap(([variable, value = '']) => {
    const name = WAIT_FOR.exec(variable)?.[1];
    if (name === undefined) return [];
    const text = value.includes('://') ? value : `tcp://${value}`;
    const url = URL.canParse(text) ? new URL(text) : null;
    const isComplete = url?.protocol !== 'tcp:' || url.port !== '';
    if (!url?.hostname || !isComplete) {
      throw new ConfigurationError(`${variable} is no url and no host:port`);
    }
    return [{ name, url }];
  });
}

/** Returns the crash point at which this process shall die; only fault tests set it. */
export function crashPointOfEnv(): string | undefined {
  return process.env['CRASH_AT'];
}

/** Returns the url of a server where tests may create databases and roles. */
export function testPostgresUrl(): string {
  return process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
}
