import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT, linesOf, type Rule, type SourceFile, type Tree } from './tree';

const LINK = /\]\((?![a-z]+:|\/\/)([^)\s]+)\)/g;
const NPM_SCRIPT = /\bnpm (?:run(?: --silent| -s)? ([\w:-]+)|(start|test)\b)/g;

const isDocument = ({ path }: SourceFile): boolean => path.endsWith('.md');

/** Returns the anchor that GitHub gives to a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function anchorsOf({ text }: SourceFile): string[] {
  return [...text.matchAll(/^#+ +(.+)$/gm)].map(([, heading]) => anchorOf(heading!));
}

function linkFault(tree: Tree, from: string, link: string): string | null {
  const [target = '', anchor] = link.split('#');
  const path = target === '' ? from : normalize(join(dirname(from), decodeURI(target)));
  const isThere = tree.some((file) => file.path === path) || existsSync(join(ROOT, path));
  if (!isThere) return `leads nowhere: ${link}`;
  const document = tree.find((file) => file.path === path && isDocument(file));
  if (!anchor || !document || anchorsOf(document).includes(anchor)) return null;
  return `leads to no heading: ${link}`;
}

function scriptsOf(tree: Tree, from: string): string[] {
  const folder = dirname(from).split('/')[0] ?? '.';
  const own = tree.find(({ path }) => path === `${folder}/package.json`);
  const main = tree.find(({ path }) => path === 'package.json');
  return [own, main].flatMap((file) => {
    if (!file) return [];
    const { scripts } = JSON.parse(file.text) as { scripts?: Record<string, string> };
    return Object.keys(scripts ?? {});
  });
}

/** Rules for documents. */
export const docRules: Rule[] = [
  {
    name: 'relative links in documents lead somewhere',
    faults: (tree) =>
      tree.filter(isDocument).flatMap((file) =>
        linesOf(file).flatMap(({ at, line }) =>
          [...line.matchAll(LINK)].flatMap(([, link]) => {
            const fault = linkFault(tree, file.path, link!);
            return fault ? [`${at} ${fault}`] : [];
          }),
        ),
      ),
  },
  {
    name: 'npm scripts named in documents exist',
    faults: (tree) =>
      tree.filter(isDocument).flatMap((file) => {
        const scripts = scriptsOf(tree, file.path);
        return linesOf(file).flatMap(({ at, line }) =>
          [...line.matchAll(NPM_SCRIPT)]
            .map(([, script, short]) => script ?? short!)
            .filter((script) => !scripts.includes(script))
            .map((script) => `${at} there is no script ${script}`),
        );
      }),
  },
];
