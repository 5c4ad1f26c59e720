import { runService } from '../shared/runtime/service';
import { createAuth } from './app';
import { readAuthEnv } from './config';

void runService(createAuth(readAuthEnv()));
