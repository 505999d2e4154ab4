export const data = {
 "criteria": [
  {
   "name": "repeat_purchase_pct",
   "label": "Customers who buy again",
   "unit": "%",
   "better": "max",
   "objective": "Trust",
   "digits": 1
  },
  {
   "name": "median_days_to_close",
   "label": "Days to close a complaint",
   "unit": "days",
   "better": "min",
   "objective": "Right first time",
   "digits": 1
  },
  {
   "name": "repeat_contact_pct",
   "label": "Customers who contact us again",
   "unit": "%",
   "better": "min",
   "objective": "Right first time",
   "digits": 1
  },
  {
   "name": "cost_per_complaint_gbp",
   "label": "Cost of a complaint",
   "unit": "£",
   "better": "min",
   "objective": "Cost to serve",
   "digits": 2
  },
  {
   "name": "overtime_hours_month",
   "label": "Overtime a month",
   "unit": "hours",
   "better": "min",
   "objective": "A fair place to work",
   "digits": 0
  }
 ],
 "names": {
  "A": "One Owner",
  "B": "Courier portal",
  "C": "Approval hub",
  "D": "Message first",
  "E": "Case system"
 },
 "unlawful": [
  "Recordings, complaint files and health details are kept for good, in case they are useful one day.",
  "The phone line and the store desks close for complaints. The web form becomes the only way in."
 ],
 "northfold": {
  "seed": 0,
  "options": [
   {
    "id": "A",
    "values": {
     "repeat_purchase_pct": 51.2,
     "median_days_to_close": 5.2,
     "repeat_contact_pct": 21.4,
     "cost_per_complaint_gbp": 12.42,
     "overtime_hours_month": 114
    },
    "set_up_gbp": 83500,
    "extra_staff_fte": 3.0,
    "law": ""
   },
   {
    "id": "B",
    "values": {
     "repeat_purchase_pct": 45.5,
     "median_days_to_close": 9.5,
     "repeat_contact_pct": 31.0,
     "cost_per_complaint_gbp": 15.34,
     "overtime_hours_month": 148
    },
    "set_up_gbp": 56000,
    "extra_staff_fte": 3.0,
    "law": ""
   },
   {
    "id": "C",
    "values": {
     "repeat_purchase_pct": 54.4,
     "median_days_to_close": 3.4,
     "repeat_contact_pct": 17.3,
     "cost_per_complaint_gbp": 15.08,
     "overtime_hours_month": 64
    },
    "set_up_gbp": 59500,
    "extra_staff_fte": 3.5,
    "law": ""
   },
   {
    "id": "D",
    "values": {
     "repeat_purchase_pct": 58.6,
     "median_days_to_close": 3.0,
     "repeat_contact_pct": 16.1,
     "cost_per_complaint_gbp": 12.11,
     "overtime_hours_month": 114
    },
    "set_up_gbp": 85500,
    "extra_staff_fte": 1.5,
    "law": "The phone line and the store desks close for complaints. The web form becomes the only way in."
   },
   {
    "id": "E",
    "values": {
     "repeat_purchase_pct": 54.8,
     "median_days_to_close": 5.1,
     "repeat_contact_pct": 19.8,
     "cost_per_complaint_gbp": 18.31,
     "overtime_hours_month": 110
    },
    "set_up_gbp": 62000,
    "extra_staff_fte": 2.5,
    "law": ""
   }
  ],
  "weights": {
   "repeat_purchase_pct": 30,
   "median_days_to_close": 15,
   "repeat_contact_pct": 15,
   "cost_per_complaint_gbp": 30,
   "overtime_hours_month": 10
  },
  "budget_gbp": 110000,
  "staff_cap_fte": 3.0,
  "asked": 5
 }
};
