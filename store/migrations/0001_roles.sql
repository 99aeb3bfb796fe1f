-- Three group roles. Logins are granted one of them and nothing else; the owner of the schema
-- is whoever runs the migrations. Roles belong to the cluster, so they may exist already.
do $roles$
declare
  role_name text;
begin
  foreach role_name in array array['kyodo_writer', 'kyodo_auditor', 'kyodo_sequencer'] loop
    begin
      execute format('create role %I nologin', role_name);
    exception when duplicate_object or unique_violation then
      null;
    end;
    -- The migrating login may put these roles on; where another owner made them and has not
    -- allowed it, the deployment uses logins of its own.
    begin
      execute format('grant %I to %I with set true, inherit false', role_name, current_user);
    exception when insufficient_privilege or unique_violation then
      null;
    end;
    execute format('grant usage on schema kyodo to %I', role_name);
  end loop;
end
$roles$;
