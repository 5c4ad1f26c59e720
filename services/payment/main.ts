import { runService } from '../shared/runtime/service';
import { createPayment } from './app';
import { readPaymentEnv } from './config';

void runService(createPayment(readPaymentEnv()));
