export const data = {
  "targets": {"managers": 75, "courier desk": 75, "agents": 65},
  "morale": 3.0,
  "enough_years": 15,
  "quiet_pct": 10,
  "tolerance_pp": 8,
  "kpis": {
    "in5_pct": ["Closed in five days", "%"],
    "median_days": ["Middle time to close", "working days"],
    "open": ["Open complaints", ""],
    "reopen_pct": ["Opened again", "%"],
    "csat_pct": ["Satisfied customers", "%"],
    "fcr_pct": ["Settled without a chasing call", "%"],
    "aht_min": ["Work on a complaint", "minutes"],
    "service_level_pct": ["Calls answered in 20 seconds", "%"],
    "cost_each_gbp": ["Cost of a complaint", "£"],
    "adoption": ["New way used, lowest team", "% of cases"],
    "morale": ["Morale, lowest team", "of 5"]
  },
  "stations": {
    "agents": "Agents: log, look into it, reply",
    "courier desk": "Courier desk: ask the courier",
    "managers": "Managers: sign refunds above £25"
  },
  "elements": {"A": "Awareness", "D": "Desire", "K": "Knowledge", "Ab": "Ability", "R": "Reinforcement"}
};
