import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ourEnvironment } from './environment';

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The full path of a program; undefined when it is not in PATH. */
export function findInPath(program: string): string | undefined {
  const places = ourEnvironment.path.split(delimiter).filter(Boolean);
  return places.map((folder) => join(folder, program)).find(isExecutable);
}
