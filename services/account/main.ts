import { runService } from '../shared/runtime/service';
import { createAccount } from './app';
import { readAccountEnv } from './config';

void runService(createAccount(readAccountEnv()));
