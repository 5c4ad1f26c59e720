import ts from 'typescript';
import { isCode, isTest, type Rule, type SourceFile } from './tree';

function parse({ path, text }: SourceFile): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

function at(source: ts.SourceFile, node: ts.Node): string {
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

function collect(source: ts.SourceFile, isFault: (node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isFault(node)) found.push(at(source, node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `() => {}`, `() => undefined` or `() => null`: discards the error. */
function isNothing(node: ts.Node | undefined): boolean {
  if (!node || !(ts.isArrowFunction(node) || ts.isFunctionExpression(node))) return false;
  const { body } = node;
  if (ts.isBlock(body)) return body.statements.length === 0;
  return ['undefined', 'null', 'void 0'].includes(body.getText());
}

function isSwallowing(node: ts.Node): boolean {
  if (ts.isCatchClause(node)) return node.block.statements.length === 0;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  return node.expression.name.text === 'catch' && isNothing(node.arguments[0]);
}

function isExported(node: ts.Node): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function isFunctionValue(node: ts.VariableStatement): boolean {
  return node.declarationList.declarations.some(
    ({ initializer }) =>
      initializer !== undefined &&
      (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
  );
}

function needsDocComment(node: ts.Node): boolean {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return isExported(node);
  return ts.isVariableStatement(node) && isExported(node) && isFunctionValue(node);
}

/** Only the first overload needs a doc comment. */
function isLaterOverload(source: ts.SourceFile, node: ts.Node): boolean {
  if (!ts.isFunctionDeclaration(node) || !node.name) return false;
  const same = source.statements.filter(
    (statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === node.name?.text,
  );
  return same.indexOf(node) > 0;
}

function hasDocComment(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc);
}

/** Functions that the file exports, each with the type of its first parameter. */
function exportedFunctions(source: ts.SourceFile): { node: ts.Node; first: string }[] {
  return source.statements
    .filter((node) => ts.isFunctionDeclaration(node) && isExported(node))
    .map((node) => {
      const [first] = (node as ts.FunctionDeclaration).parameters;
      return { node, first: first?.type?.getText() ?? '' };
    });
}

/** In this room, each exported function takes that type first. */
function takesFirst(name: string, room: string, type: RegExp, exempt: readonly string[]): Rule {
  return {
    name,
    faults: (tree) =>
      tree
        .filter((file) => file.path.includes(`/${room}/`) && isService(file) && !isTest(file))
        .filter(({ path }) => !exempt.includes(path))
        .flatMap((file) => {
          const source = parse(file);
          return exportedFunctions(source)
            .filter(({ first }) => !type.test(first))
            .map(({ node }) => at(source, node));
        }),
  };
}

function isService({ path }: SourceFile): boolean {
  return path.startsWith('services/') && !path.startsWith('services/shared/');
}

/** Functions of payouts and payment that wait for their room. */
const COMMANDS_TO_MOVE = ['services/payment/commands/put-bank-transfer.ts'];
const STEPS_TO_MOVE = [
  'services/account/payouts/steps/decide-payout.ts',
  'services/account/payouts/steps/decide-once.ts',
];

/** Rules that need the syntax tree. */
export const syntaxRules: Rule[] = [
  takesFirst('a command takes its context first', 'commands', /Context$|Desk$/, COMMANDS_TO_MOVE),
  takesFirst(
    'a step takes its transaction first',
    'steps',
    /^(Tx( \| Database)?|(Closing)?Ledger)$/,
    STEPS_TO_MOVE,
  ),
  {
    name: 'no error is swallowed',
    faults: (tree) => tree.filter(isCode).flatMap((file) => collect(parse(file), isSwallowing)),
  },
  {
    name: 'exported functions and classes of services carry a doc comment',
    faults: (tree) =>
      tree
        .filter((file) => file.path.startsWith('services/') && isCode(file) && !isTest(file))
        .filter((file) => !/\/(migrations|entities)\//.test(file.path))
        .flatMap((file) => {
          const source = parse(file);
          return source.statements
            .filter((node) => needsDocComment(node) && !hasDocComment(node))
            .filter((node) => !isLaterOverload(source, node))
            .map((node) => at(source, node));
        }),
  },
];
