# Redmine takes mail in by its own handler, one after another in one process, on the database of its instance.
# rails runner redmine.rb FOLDER OF MAILS: prints how many, and the seconds waited and worked.
ActionMailer::Base.delivery_method = :test
project = Project.find_or_create_by!(identifier: 'desk') { |made| made.name = 'Desk' }
project.trackers = Tracker.all
project.enable_module!(:issue_tracking)
Role.anonymous.add_permission! :add_issues, :add_issue_notes, :view_issues
Setting.default_language = 'en'

taking = { issue: { project: 'desk' }, unknown_user: 'accept', no_permission_check: '1' }
mails = Dir[File.join(ARGV.last, '*.eml')].sort.map { |each| File.binread(each) }
clock = -> (which) { Process.clock_gettime(which) }
waited, worked = clock[Process::CLOCK_MONOTONIC], clock[Process::CLOCK_PROCESS_CPUTIME_ID]
taken = mails.count { |mail| MailHandler.safe_receive(mail, taking) }
puts [taken, clock[Process::CLOCK_MONOTONIC] - waited, clock[Process::CLOCK_PROCESS_CPUTIME_ID] - worked].join(' ')
