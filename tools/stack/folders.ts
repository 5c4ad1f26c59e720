import { join, resolve } from 'node:path';

/** The repository. Everything is found from here, whatever the working directory. */
export const ROOT = resolve(__dirname, '..', '..');

/** Where `npm start` keeps its data. */
export const DATA_DIRECTORY = join(ROOT, '.data');

/** What the compiler emits. */
export const DIST = join(ROOT, 'dist');

/** Dapr's resources, the same for Kubernetes and the local start. */
export const COMPONENTS = join(ROOT, 'components');
