import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const TEMPLATES = join(__dirname, 'templates');
/** Templates below this folder belong to the manifests, all others to the service's own folder. */
const MANIFESTS = 'manifests/';
const ENDING = /\.template$/;

/** What is asked for. */
export interface NewService {
  /** One word in lower case: folder, app-id, database and first part of its paths. */
  name: string;
  hasDatabase: boolean;
}

/** A file to be written. */
export interface NewFile {
  /** Below the repository. */
  path: string;
  text: string;
}

/** The name as a part of other names: `reports` → `Reports`. */
export function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** The folders of a new service, its code and its manifests, made from `templates/`. */
export function filesOf({ name, hasDatabase }: NewService): NewFile[] {
  const kind = hasDatabase ? 'with-database' : 'without-database';
  return ['common', kind].flatMap((part) =>
    filesIn(join(TEMPLATES, part)).map((file) => {
      const target = file.replaceAll(sep, '/').replace(ENDING, '').replace('NAME', name);
      const text = readFileSync(join(TEMPLATES, part, file), 'utf8');
      return {
        path: target.startsWith(MANIFESTS)
          ? `k8s/base/${name}/${target.slice(MANIFESTS.length)}`
          : `services/${name}/${target}`,
        text: text.replaceAll('{{name}}', name).replaceAll('{{Name}}', titleOf(name)),
      };
    }),
  );
}
