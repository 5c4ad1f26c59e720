import { StateStore } from '../shared/dapr/state';
import { statusRoutes } from '../shared/operations/status.routes';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { Mailer } from './clients/mailer';
import type { NotifyEnv } from './config';
import { lettersRoutes } from './routes/letters.routes';

/** Composes the Notify service; opens no connection. */
export function createNotify(
  env: NotifyEnv,
  parts: Parts = createParts('notify', env),
): ServiceApp {
  const { logger, sidecar } = parts;
  const channel = new Mailer(env.SMTP_URL, env.MAIL_FROM);
  const store = new StateStore(sidecar);
  return {
    parts,
    routes: [...lettersRoutes({ store, channel, logger }), ...statusRoutes({ service: 'notify' })],
    close: async () => channel.close(),
  };
}
