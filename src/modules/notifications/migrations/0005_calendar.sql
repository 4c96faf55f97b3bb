-- An iCalendar object that goes along with the mail, so that an appointment is in the calendar with one tap.
alter table notifications_message add column calendar text;
