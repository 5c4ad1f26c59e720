import { z } from 'zod';
import { readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const mailEnv = {
  /** Where letters are handed over: `smtp://host:port`, or `smtps://user:password@host`. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  /** Whom letters are from: an address, or `Name <address>`. Its domain ends every Message-ID. */
  MAIL_FROM: z.string().regex(/^([^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/),
};

/** The environment of Notify. Throws `ConfigurationError`. */
export function readNotifyEnv() {
  return readEnv({ ...serviceEnv, ...tokenEnv, ...mailEnv });
}

export type NotifyEnv = ReturnType<typeof readNotifyEnv>;
