// minotor on a task of run.py, a file of JSON; answers with one line of JSON.
import { readFileSync } from 'node:fs';
import { GtfsParser } from 'minotor/parser';
import { Query, Router, Time } from 'minotor';

const task = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const cpu = (since) => {
  const { user, system } = process.cpuUsage(since);
  return user + system;
};
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
// Not process.memoryUsage(): what is held now, which is less.
const peakMb = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;

const begun = process.cpuUsage();
const { timetable, stopsIndex } = await new GtfsParser(task.feed).parse(new Date(`${task.date}T12:00:00`));
const answer = { load_s: cpu(begun) / 1e6, rss_mb: peakMb() };

const router = new Router(timetable, stopsIndex);
const leave = Time.fromHMS(task.leave_h, 0, 0);
const ask = (from, to) => {
  const query = new Query.Builder().from(from).to(to).departureTime(leave).maxTransfers(task.transfers).build();
  const before = process.cpuUsage();
  const found = router.route(query);
  return [cpu(before), found];
};
const asked = (target) => {
  const took = [];
  for (let run = 0; run < task.runs; run++)
    for (const [from, to] of task.pairs) {
      const [us] = ask(from, target ?? to);
      // The first run warms the compiler.
      if (run) took.push(us);
    }
  return median(took);
};
answer.pair_us = asked();
// Towards a stop that is not in the feed nothing is cut short.
answer.all_us = asked('nowhere');
answer.arrive_s = task.pairs.map(([from, to]) => ask(from, to)[1].bestRoute()?.arrivalTime().toSeconds() ?? null);
console.log(JSON.stringify(answer));
