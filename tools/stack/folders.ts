import { join, resolve } from 'node:path';

/** The root of the repository; independent of the working directory. */
export const ROOT = resolve(__dirname, '..', '..');

/** Where `npm start` keeps its data. */
export const DATA_DIRECTORY = join(ROOT, '.data');

/** The compiler's output. */
export const DIST = join(ROOT, 'dist');

/** Dapr's resources, the same for Kubernetes and the local start. */
export const COMPONENTS = join(ROOT, 'components');

/** The built web application. */
export const WEB_DIST = join(ROOT, 'web', 'dist');
