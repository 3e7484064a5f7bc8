from prometheus_client import Counter

DONE = Counter("studio_jobs_done_total", "Things settled by jobs: a booking released, an offer made", ("job",))
FAILED = Counter("studio_jobs_failed_total", "Things a job could not settle; it tries again the next time", ("job",))
RUNS = Counter("studio_job_runs_total", "Rounds of a job", ("job",))
