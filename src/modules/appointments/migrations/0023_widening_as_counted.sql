-- Pages count anew what share did not come, and the trail says who made a rule: nobody read these.
alter table appointments_widening drop column missed_percent, drop column made_at, drop column made_by;
