-- The page of a case shows what of it is ready.
create index pickup_document_of_case on pickup_document (case_number) where case_number is not null;
