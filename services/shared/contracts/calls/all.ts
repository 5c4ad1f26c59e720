import type { CallContract } from '../call';
import { askPrice } from './account';
import { createCredentials, jwks, replaceBeakShape, sessionState } from './auth';
import { taskDetails } from './board';
import {
  assignmentDigests,
  assignmentRows,
  bankTransferDigests,
  bankTransferRows,
  finishedTaskDigests,
  finishedTaskRows,
} from './compared-rows';
import { putLetter, unsentLetters } from './notify';
import { getReconciliation, serviceStatus, startReconciliation } from './operations';
import {
  getBankTransfer,
  getReturnedTransfers,
  putBankTransfer,
  withdrawBankTransfer,
} from './payment';
import { publishedDigests, publishedIds, resendPublished } from './published-events';
import { activeEmployeeIds, subordinateIds, userBankAccount, userEmail } from './user';

/** All synchronous calls between services. */
export const allCalls: readonly CallContract<unknown, unknown>[] = [
  askPrice,
  createCredentials,
  replaceBeakShape,
  jwks,
  sessionState,
  taskDetails,
  putLetter,
  unsentLetters,
  putBankTransfer,
  getBankTransfer,
  withdrawBankTransfer,
  getReturnedTransfers,
  activeEmployeeIds,
  subordinateIds,
  userEmail,
  userBankAccount,
  assignmentDigests,
  assignmentRows,
  finishedTaskDigests,
  finishedTaskRows,
  bankTransferDigests,
  bankTransferRows,
  // Calls that several services answer stand here with one of them.
  serviceStatus('account'),
  startReconciliation('account'),
  getReconciliation('account'),
  publishedDigests('board'),
  publishedIds('board'),
  resendPublished('board'),
];
