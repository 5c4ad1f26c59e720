/**
 * Import rules: the table of docs/architecture.md, as a check.
 *
 * `import type` from shared is allowed everywhere but in the domain, because a type couples nothing
 * at run time. Between rooms and between services it counts like any other import.
 */

const TESTS = '\\.test\\.ts$|/testing/';
const SERVICE = '^services/(?!shared/)([^/]+)/';
const SHARED = '^services/shared/';
const CATALOGUE = '^services/catalogue\\.ts$';

/** Wings of large services, and the wings that each may import: downward only. */
const WINGS = {
  account: {
    days: [],
    prices: ['days'],
    ledger: ['days', 'prices'],
    payouts: ['days', 'prices', 'ledger'],
    analytics: ['days', 'prices', 'ledger'],
    proof: ['days', 'prices', 'ledger', 'payouts'],
  },
  gateway: { api: [], sessions: [], proxy: ['api', 'sessions'], web: ['sessions'] },
};

/** A wing has the usual rooms inside, or files only. */
const WING = `(?:(?:${Object.values(WINGS).flatMap(Object.keys).join('|')})/)?`;
const inService = (...rooms) => `${SERVICE}${WING}(${rooms.join('|')})/`;
const ownRoom = (...rooms) => `^services/$1/${WING}(${rooms.join('|')})(/|\\.ts$)`;
const shared = (...rooms) => `${SHARED}(${rooms.join('|')})/`;

/** Production code of these rooms may import its own files and the given rooms. */
const roomMayImport = (name, rooms, own, ...fromShared) => [
  {
    name: `${name}-rooms`,
    comment: `${name} may import of its own service: ${[...own, 'itself'].join(', ')}.`,
    severity: 'error',
    from: { path: inService(...rooms), pathNot: TESTS },
    to: { path: '^services/$1/', pathNot: ownRoom(...own, ...rooms) },
  },
  {
    name: `${name}-shared`,
    comment: `${name} may import of shared: ${fromShared.join(', ')}.`,
    severity: 'error',
    from: { path: inService(...rooms), pathNot: TESTS },
    to: {
      path: SHARED,
      pathNot: fromShared.map((room) => `${SHARED}${room}[/.]`),
      dependencyTypesNot: ['type-only'],
    },
  },
];

/**
 * Restricts a package to one place in the code; `where` is a pattern of the files that may use it.
 */
const onePlace = (name, module, where) => ({
  name: `one-place-${name}`,
  comment: `Only ${where} may import ${module}: one way to do each thing.`,
  severity: 'error',
  from: { path: '^services/', pathNot: [where, TESTS] },
  to: { path: `(^|/)node_modules/${module}/` },
});

const servicesApart = [
  {
    name: 'services-apart',
    comment: 'A service imports itself, shared and npm: never another service.',
    severity: 'error',
    from: { path: SERVICE },
    to: { path: '^services/', pathNot: ['^services/$1/', SHARED, CATALOGUE] },
  },
  {
    name: 'catalogue-is-for-policies',
    comment: 'Of a service, only its policies may name every service.',
    severity: 'error',
    from: { path: SERVICE, pathNot: '/policies\\.ts$' },
    to: { path: CATALOGUE },
  },
  {
    name: 'shared-knows-no-service',
    comment: 'Shared imports shared and npm.',
    severity: 'error',
    from: { path: SHARED },
    to: { path: '^services/', pathNot: SHARED },
  },
  {
    name: 'services-stand-alone',
    comment: 'Operations, tools, tests and benches may import services, never the other way round.',
    severity: 'error',
    from: { path: '^services/', pathNot: '\\.test\\.ts$' },
    to: { path: '^(?!services/|node_modules/)[^/]+(/|\\.[cm]?[jt]s$)', dependencyTypes: ['local'] },
  },
  {
    name: 'tests-know-their-support',
    comment: 'Tests beside the code may use databases as a service migrates them, of test/support.',
    severity: 'error',
    from: { path: '^services/.*\\.test\\.ts$' },
    to: {
      path: '^(?!services/|node_modules/)[^/]+(/|\\.[cm]?[jt]s$)',
      pathNot: '^test/support/',
      dependencyTypes: ['local'],
    },
  },
  {
    name: 'operations-know-no-tools',
    comment: 'What ships in an image needs nothing of what a developer runs.',
    severity: 'error',
    from: { path: '^operations/', pathNot: TESTS },
    to: { path: '^(tools|test|bench)/' },
  },
  {
    name: 'no-testing-in-production',
    comment: 'What is for tests is not built: production code must not need it.',
    severity: 'error',
    from: { path: '^services/', pathNot: TESTS },
    to: { path: TESTS },
  },
];

const rooms = [
  ...roomMayImport('domain', ['domain'], [], 'kernel'),
  {
    name: 'domain-is-pure',
    comment: 'The domain imports itself and shared/kernel: no npm, no node modules, no clock.',
    severity: 'error',
    from: { path: inService('domain'), pathNot: TESTS },
    to: { pathNot: [ownRoom('domain'), `${SHARED}kernel/(?!clock\\.)`] },
  },
  ...roomMayImport('crypto', ['crypto'], ['domain'], 'kernel'),
  {
    name: 'steps-are-parts',
    comment: 'A step is a part of a transaction that a command opens: it never runs a command.',
    severity: 'error',
    from: { path: inService('steps', 'queries'), pathNot: TESTS },
    to: { path: ownRoom('commands') },
  },
  {
    name: 'queries-change-nothing',
    severity: 'error',
    from: { path: inService('queries'), pathNot: TESTS },
    to: { path: ownRoom('steps') },
  },
  ...roomMayImport(
    'work',
    ['commands', 'steps', 'queries'],
    ['domain', 'crypto', 'entities', 'clients', 'context'],
    'kernel',
    'db',
    'messaging',
    'work',
    'contracts',
    // Fault tests kill a payout between its steps, which are commands.
    'runtime/crash-point',
  ),
  ...roomMayImport(
    'ways-in',
    ['routes', 'subscriptions', 'jobs'],
    // Subscriptions run inside the transaction of the inbox, so they call steps.
    ['commands', 'steps', 'queries', 'domain', 'policies', 'context'],
    // Presenters format money, and subscriptions catch typed errors; the kernel is pure.
    'kernel',
    'http',
    'dapr',
    'contracts',
    // Declares which event a subscription handles.
    'messaging/subscription',
    'work',
  ),
  ...roomMayImport(
    'clients',
    ['clients'],
    [],
    'kernel',
    'dapr',
    'contracts',
    // The gateway streams answers, with the ids of the request that it answers.
    'observability/context',
    'http/no-transform',
    'http/end-mark',
  ),
  {
    name: 'nothing-flows-back',
    comment: 'Entities describe rows; they know none of the code above them.',
    severity: 'error',
    from: { path: inService('entities'), pathNot: TESTS },
    to: { path: '^services/$1/', pathNot: ownRoom('entities', 'domain') },
  },
  {
    name: 'migrations-stay',
    comment: 'A migration is SQL alone: what it took from the code would change with the code.',
    severity: 'error',
    from: { path: inService('migrations'), pathNot: TESTS },
    to: { pathNot: `${SHARED}db/migration\\.ts$` },
  },
];

const wings = Object.entries(WINGS).flatMap(([service, all]) =>
  Object.entries(all).map(([wing, below]) => ({
    name: `wing-${service}-${wing}`,
    comment: `${wing} may import of the other wings: ${below.join(', ') || 'none'}.`,
    severity: 'error',
    from: { path: `^services/${service}/${wing}/`, pathNot: TESTS },
    to: {
      path: `^services/${service}/(${Object.keys(all).join('|')})/`,
      pathNot: `^services/${service}/(${[wing, ...below].join('|')})/`,
    },
  })),
);

const onePlaceEach = [
  onePlace('dapr-sdk', '@dapr/dapr', '^services/shared/dapr/'),
  onePlace('csv', 'csv-stringify', '^services/shared/http/csv/'),
  onePlace('mail', 'nodemailer', '^services/notify/.*mailer'),
  onePlace('iban', 'ibantools', '^services/shared/kernel/'),
  onePlace('email', 'validator', '^services/shared/kernel/'),
  onePlace('log', 'pino', '^services/shared/observability/'),
];

/** Rooms of the web application, and those that each may import. */
const WEB = {
  lib: [],
  i18n: ['lib'],
  api: ['lib'],
  ui: ['api', 'lib', 'i18n'],
  shared: ['ui', 'api', 'lib', 'i18n', 'app'],
  features: ['shared', 'ui', 'api', 'lib', 'i18n', 'app'],
};
const WEB_TESTS = '\\.test\\.tsx?$';
/** Imports nothing of a server: a mistyped number is seen before it is sent. */
const BANK_ACCOUNTS = '^services/shared/kernel/bank-account\\.ts$';

const webRooms = [
  ...Object.entries(WEB).map(([room, others]) => ({
    name: `web-${room}`,
    comment: `${room} may import of the web application: ${others.join(', ') || 'nothing'}.`,
    severity: 'error',
    from: { path: `^web/src/${room}/`, pathNot: WEB_TESTS },
    to: { path: '^web/', pathNot: `^web/src/(${[room, ...others].join('|')})/` },
  })),
  {
    name: 'web-features-apart',
    comment: 'A feature never imports another: what two need is in shared or ui.',
    severity: 'error',
    from: { path: '^web/src/features/([^/]+)/' },
    to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
  },
  {
    name: 'web-features-and-app',
    comment: 'Of the shell, features know addresses, gate and hints only.',
    severity: 'error',
    from: { path: '^web/src/(features|shared)/', pathNot: WEB_TESTS },
    to: { path: '^web/src/app/', pathNot: '^web/src/app/(addresses|gate|live-context)\\.tsx?$' },
  },
  {
    name: 'web-apart',
    comment: 'Browser and servers share the API document, and the one rule of bank accounts.',
    severity: 'error',
    from: { path: '^web/src/', pathNot: WEB_TESTS },
    to: { path: '^(services|operations|tools|test|bench)/', pathNot: BANK_ACCOUNTS },
  },
  {
    name: 'servers-apart-from-web',
    comment: 'Browser and servers share the API document, and no code.',
    severity: 'error',
    from: { path: '^(services|operations)/' },
    to: { path: '^web/' },
  },
];

const hygiene = [
  {
    name: 'no-cycles',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-orphans',
    comment: 'Nothing imports it and it imports nothing: dead.',
    severity: 'error',
    from: {
      orphan: true,
      pathNot: ['\\.d\\.ts$', '\\.test\\.tsx?$', '\\.[cm]?js$', '^web/[a-z]+\\.config\\.ts$'],
    },
    to: {},
  },
  {
    name: 'only-what-is-installed',
    comment: 'What another package happens to bring may be gone tomorrow.',
    severity: 'error',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  {
    name: 'no-dev-packages-in-production',
    comment: 'An image holds production packages only.',
    severity: 'error',
    from: { path: '^services/', pathNot: TESTS },
    to: {
      dependencyTypes: ['npm-dev'],
      dependencyTypesNot: ['type-only'],
      pathNot: 'node_modules/@types/',
    },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...servicesApart, ...rooms, ...wings, ...onePlaceEach, ...webRooms, ...hygiene],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|dist-operations|web/dist|sidecar|coverage|\\.cache|\\.data|\\.git)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    cache: { folder: '.cache/dependency-cruiser', strategy: 'content' },
  },
};
