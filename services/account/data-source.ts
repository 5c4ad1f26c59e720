import { createDataSource, type Database } from '../shared/db/data-source';
import { Account } from './ledger/entities/account.entity';
import { createLedger } from './migrations/0001-create-ledger';
import { createPayouts } from './migrations/0002-create-payouts';
import { createDueLetters } from './migrations/0003-create-due-letters';
import { payoutsThatWait } from './migrations/0004-payouts-that-wait';
import { createDecisions } from './migrations/0005-create-decisions';
import { createProofs } from './migrations/0006-create-proofs';
import { findUnsentLetters } from './migrations/0007-find-unsent-letters';
import { oneQueueOfLetters } from './migrations/0008-one-queue-of-letters';
import { keepWhenLettersWereSent } from './migrations/0009-keep-when-letters-were-sent';
import { indexByBlocks } from './migrations/0010-index-by-blocks';
import { checkTransfersByIndex } from './migrations/0011-check-transfers-by-index';
import { indexReturns } from './migrations/0012-index-returns';
import { takeMoneyBack } from './migrations/0013-take-money-back';
import { validateTransfers } from './migrations/0014-validate-transfers';
import { readStatements } from './migrations/0015-read-statements';
import { withdrawPriceFormulas } from './migrations/0016-withdraw-price-formulas';
import { accountHolders } from './migrations/0017-account-holders';
import { operate } from './migrations/0018-operate';
import { PriceFormula } from './prices/entities/price-formula.entity';

/** Creates Account's data source, also used by the worker; not connected yet. */
export function createAccountDatabase(url: string): Database {
  return createDataSource({
    service: 'account',
    url,
    entities: [Account, PriceFormula],
    migrations: [
      createLedger,
      createPayouts,
      createDueLetters,
      payoutsThatWait,
      createDecisions,
      createProofs,
      findUnsentLetters,
      oneQueueOfLetters,
      keepWhenLettersWereSent,
      indexByBlocks,
      checkTransfersByIndex,
      indexReturns,
      takeMoneyBack,
      validateTransfers,
      readStatements,
      withdrawPriceFormulas,
      accountHolders,
      operate,
    ],
  });
}
