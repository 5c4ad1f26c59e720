import {
  isCode,
  isGenerated,
  isTableOfData,
  isTest,
  linesOf,
  noLine,
  type Rule,
  type SourceFile,
} from './tree';

const LINE_LENGTH = 100;

/** Split, so that these lines do not match themselves. */
const UNFINISHED = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('\\b|\\b'));
const HERE_ONLY = new RegExp(
  // A folder of that name in the repository follows `shared` or dots.
  [
    '(?<!\\w|\\.)/' + 'work/',
    '/' + 'tmp/[a-z]',
    '/' + 'root/',
    '/' + 'home/[a-z]',
    '/' + 'Users/',
  ].join('|') + '|registry\\.npm|proxy\\.golang|registry\\.yarn',
);

const isProse = ({ path }: SourceFile): boolean => path.endsWith('.md');
const isProductionCode = (file: SourceFile): boolean => isCode(file) && !isTest(file);
const hasLimits = (file: SourceFile): boolean =>
  isProductionCode(file) && !isTableOfData(file) && !file.path.startsWith('test/');

/** Rules that are checked line by line. */
export const textRules: Rule[] = [
  {
    name: `lines have at most ${LINE_LENGTH} characters`,
    faults: (tree) =>
      tree
        .filter(hasLimits)
        .flatMap(linesOf)
        .filter(({ line }) => line.length > LINE_LENGTH)
        .map(({ at, line }) => `${at}: ${line.length} characters`),
  },
  noLine('nothing is left unfinished', UNFINISHED, (file) => isCode(file) || isProse(file)),
  noLine(
    'no path of a machine and no host of a registry',
    HERE_ONLY,
    (file) => !isTest(file) && !isGenerated(file.path),
  ),
  noLine(
    'no code is commented out',
    /^\s*\/\/\s*(const|let|return|await|import|export|if \(|for \(|expect\().*[;{]\s*$/,
    isCode,
  ),
];
