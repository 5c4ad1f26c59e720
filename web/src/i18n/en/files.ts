/** Texts of payment files. */
export const files = {
  title: 'Payment files',
  why: 'Make a file, download it and upload it at the bank, then say what the bank did with it: by its status report, or by hand for the whole file.',
  caption: 'Payment files, the newest day first',
  file: 'File',
  name: '{{day}}, no. {{number}}',
  total: 'Total',
  transfers: 'Transfers',
  state: 'State',
  actions: 'Actions',
  states: {
    open: 'Not made yet',
    waiting: 'Waits for the bank',
    settled: 'Settled',
  },
  made: 'made',
  count_one: '{{count, number}} transfer',
  count_other: '{{count, number}} transfers',
  waiting: '{{count, number}} waiting',
  succeeded: '{{count, number}} executed',
  refused: '{{count, number}} refused',
  returned: '{{count, number}} came back',
  make: 'Make the file',
  notMade: 'Not made: {{name}}',
  download: 'Download',
  menu: 'What the bank did with {{name}}',
  decide: 'Bank’s answer',
  status: 'Read the status report…',
  confirm: 'Everything executed…',
  reject: 'Everything refused…',
  statusTitle: 'Status report about {{name}}',
  statusWhy:
    'The bank’s file of the kind pain.002. Executed and refused transfers are settled; all others go on waiting.',
  statusFile: 'File of the bank',
  statusAction: 'Read',
  confirmTitle: '{{name}} was executed',
  confirmWhy_one:
    'The {{count, number}} transfer that still waits is settled as paid. This cannot be undone.',
  confirmWhy_other:
    'All {{count, number}} transfers that still wait are settled as paid. This cannot be undone.',
  confirmAction: 'Settle as paid',
  rejectTitle: '{{name}} was refused',
  rejectWhy_one:
    'The {{count, number}} transfer that still waits fails. Be sure that the bank will not execute it.',
  rejectWhy_other:
    'All {{count, number}} transfers that still wait fail. Be sure that the bank will not execute them.',
  rejectAction: 'Settle as refused',
  reasonWhy: '1 to 500 characters; shown to those who are not paid',
  done: 'Recorded for {{name}}',
  empty: 'No payment files',
  emptyWhy:
    'They appear when the bank is reached by files, and payouts wait to be put into one. Here, transfers go by themselves.',
} as const;
