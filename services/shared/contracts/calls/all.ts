import type { CallContract } from '../call';
import { askPrice } from './account';
import { createCredentials, jwks, replaceBeakShape, sessionState } from './auth';
import { taskDetails } from './board';
import { putLetter } from './notify';
import {
  getBankTransfer,
  getReturnedTransfers,
  putBankTransfer,
  withdrawBankTransfer,
} from './payment';
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
  putBankTransfer,
  getBankTransfer,
  withdrawBankTransfer,
  getReturnedTransfers,
  activeEmployeeIds,
  subordinateIds,
  userEmail,
  userBankAccount,
];
