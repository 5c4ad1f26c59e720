import { createDataSource, type Database } from '../shared/db/data-source';
import { Account } from './ledger/entities/account.entity';
import { CreateLedger1760000000001 } from './migrations/0001-create-ledger';
import { CreatePayouts1760000000002 } from './migrations/0002-create-payouts';
import { CreateDueLetters1760000000003 } from './migrations/0003-create-due-letters';
import { PayoutsThatWait1760000000004 } from './migrations/0004-payouts-that-wait';
import { CreateDecisions1760000000005 } from './migrations/0005-create-decisions';
import { CreateProofs1760000000006 } from './migrations/0006-create-proofs';
import { FindUnsentLetters1760000000007 } from './migrations/0007-find-unsent-letters';
import { OneQueueOfLetters1760000000008 } from './migrations/0008-one-queue-of-letters';
import { KeepWhenLettersWereSent1760000000009 } from './migrations/0009-keep-when-letters-were-sent';
import { PriceFormula } from './prices/entities/price-formula.entity';

/** Account's database, also the worker's; not connected yet. */
export function createAccountDatabase(url: string): Database {
  return createDataSource({
    service: 'account',
    url,
    entities: [Account, PriceFormula],
    migrations: [
      CreateLedger1760000000001,
      CreatePayouts1760000000002,
      CreateDueLetters1760000000003,
      PayoutsThatWait1760000000004,
      CreateDecisions1760000000005,
      CreateProofs1760000000006,
      FindUnsentLetters1760000000007,
      OneQueueOfLetters1760000000008,
      KeepWhenLettersWereSent1760000000009,
    ],
  });
}
