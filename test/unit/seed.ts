// Makes property tests try the same cases in each run, so that a failure can be met again; FAST_CHECK_SEED=random tries others.
import fc from 'fast-check';

const wanted = process.env['FAST_CHECK_SEED'] ?? '20261122';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
