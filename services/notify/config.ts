import { z } from 'zod';
import { readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const mailEnv = {
  /** Mail server: `smtp://host:port`, or `smtps://user:password@host`. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  /** Sender of letters: an address, or `Name <address>`. Its domain ends every Message-ID. */
  MAIL_FROM: z.string().regex(/^([^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/),
};

/** Reads the environment of Notify. Throws `ConfigurationError` naming every fault. */
export function readNotifyEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...tokenEnv, ...mailEnv }, environment);
}

export type NotifyEnv = ReturnType<typeof readNotifyEnv>;
