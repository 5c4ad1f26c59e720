/**
 * The mail catcher of the local start: `mail-catcher.ts <directory> <SMTP port> <page port>`. Page
 * and API answer only requests of their own page and of programs on this machine.
 */
import { privateFolder } from './data-directory';
import { refuseForeignRequests } from './own-origin';
import { LOOPBACK } from './ports';

const OTHERS = 0o077;

async function main(): Promise<void> {
  const [directory, smtp, web] = process.argv.slice(2);
  if (!directory) throw new Error('mail-catcher.ts <directory> <SMTP port> <page port>');
  process.umask(OTHERS);
  await privateFolder(directory);
  const [{ MailDev }, { createAPIServer }, { registerUI }] = await Promise.all([
    import('maildev'),
    import('@maildev/api'),
    import('@maildev/ui/server'),
  ]);
  const catcher = new MailDev({
    smtp: Number(smtp),
    ip: LOOPBACK,
    mailDirectory: directory,
    disableWeb: true, // its own page allows every origin (CORS)
  });
  const page = createAPIServer({
    ...(await catcher.start()),
    port: Number(web),
    host: LOOPBACK,
    cors: { origin: false, credentials: false },
  });
  await page.registerPlugins();
  await registerUI(page.server);
  refuseForeignRequests(page.server.server);
  await page.listen();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void page.stop().then(() => catcher.stop()));
  }
}

void main();
