/** Syntax that is forbidden, with the sentence that says what to write instead. */

export const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a thing has one name everywhere.',
};
export const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read the environment in services/shared/config (services) or tools/stack (tools).',
};
export const noBareWait = {
  selector:
    'CallExpression[callee.name=/^(setTimeout|setInterval)$/] > Literal.arguments:nth-child(2), ' +
    "CallExpression[callee.object.name='AbortSignal'][callee.property.name='timeout'] > Literal",
  message: 'A limit has a name: make it a constant with its unit.',
};
export const noLostPromise = {
  selector:
    'CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate)$/] > [async=true], ' +
    'CallExpression[callee.property.name=/^(forEach|on|once|addListener)$/] > [async=true]',
  message: 'Nobody waits for this function: its error would end the process.',
};
export const noClock = {
  selector:
    "CallExpression[callee.object.name='Date'][callee.property.name='now'], " +
    "NewExpression[callee.name='Date'][arguments.length=0], " +
    "CallExpression[callee.object.name='Math'][callee.property.name='random'], " +
    "CallExpression[callee.object.name='performance'], " +
    "CallExpression[callee.object.name='crypto'], " +
    'CallExpression[callee.name=/^(newId|systemClock)$/]',
  message: 'The domain is pure: time and chance come in as arguments.',
};

export const noBarrel = {
  selector: 'ExportAllDeclaration',
  message: 'No barrels: everything is imported from where it is.',
};
export const noSwallowedError = {
  selector:
    'CatchClause > BlockStatement[body.length=0], ' +
    "CallExpression[callee.property.name='catch'] > :matches(ArrowFunctionExpression, " +
    'FunctionExpression).arguments:matches(' +
    "[body.body.length=0], [body.type='Identifier'][body.name='undefined'], " +
    "[body.raw='null'], [body.operator='void'])",
  message: 'No error is swallowed: log it, answer it, or let it pass.',
};
export const noSynchronize = {
  selector: "Property[key.name='synchronize']:not([value.value=false])",
  message: 'No schema is synchronised: migrations change it.',
};
export const noGlob = {
  selector:
    'Property[key.name=/^(migrations|entities|subscribers)$/] > ArrayExpression > ' +
    ':matches(Literal, TemplateLiteral, BinaryExpression)',
  message: 'Migrations and entities are explicit lists of classes, never globs.',
};
export const noUnfinishedTest = {
  selector:
    'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(todo|failing)$/]',
  message: 'No test is planned or expected to fail.',
};
export const noWaitByTheClock = {
  selector:
    ':matches(CallExpression[callee.name=/^(setTimeout|sleep|delay)$/], ' +
    'CallExpression[callee.property.name=/^(setTimeout|sleep|delay)$/], ' +
    'ImportDeclaration[source.value=/timers.promises$/])',
  message: 'No test waits by the clock: wait for what you expect with `eventually`.',
};
/**
 * Forbids exported functions whose first parameter has another type, or a union that begins with
 * another type.
 */
const firstParameter = (type, message) => ({
  selector:
    'ExportNamedDeclaration > FunctionDeclaration' +
    `:not([params.0.typeAnnotation.typeAnnotation.typeName.name=${type}])` +
    `:not([params.0.typeAnnotation.typeAnnotation.types.0.typeName.name=${type}])`,
  message,
});
export const contextFirst = firstParameter(
  '/(Context|Desk)$/',
  'A command takes its context first.',
);
export const transactionFirst = firstParameter(
  '/^(Tx|(Closing)?Ledger)$/',
  'A step takes the transaction first, or what proves that its lock is held.',
);
export const oneFunction = {
  selector:
    'ExportNamedDeclaration:has(> FunctionDeclaration) ~ ' +
    'ExportNamedDeclaration:has(> FunctionDeclaration)',
  message: 'A command file exports one function: a part of it is a step.',
};
export const noLiteralText = {
  selector:
    'JSXText[value=/\\p{L}{2,}/u], ' +
    'JSXExpressionContainer > Literal[value=/\\p{L}{2,}/u].expression, ' +
    'JSXAttribute[name.name=/^(aria-label|title|label|placeholder|alt)$/] > ' +
    'Literal[value=/\\p{L}{2,}/u]',
  message: 'No text in the code of a page: it comes from i18n, in every language.',
};
export const noFetch = {
  selector: "CallExpression[callee.name='fetch'], NewExpression[callee.name='XMLHttpRequest']",
  message: 'The one client is web/src/api/client.ts.',
};
export const noMoneyNumber = {
  selector:
    "CallExpression[callee.name=/^(Number|parseFloat|parseInt)$/] > MemberExpression[property.name='amount']",
  message: 'Money is never a number: web/src/lib/money.ts.',
};
export const noIndex = {
  selector: 'Program',
  message: 'No barrels: a file says by its name what it is.',
};
