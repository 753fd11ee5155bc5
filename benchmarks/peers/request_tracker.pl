# Request Tracker takes mail in by its own gateway, one after another in one process, on the database of its site's file.
# perl request_tracker.pl FOLDER OF MAILS: prints how many, and the seconds waited and worked.
use strict;
use warnings;
use lib '/usr/share/request-tracker5/lib';
use Time::HiRes qw(time);
use RT -init;
use RT::Interface::Email;

my $queue = RT::Queue->new(RT->SystemUser);
$queue->Load('General');
$queue->SetCorrespondAddress('carecenter@example.ac.id');
my $everyone = RT::Group->new(RT->SystemUser);
$everyone->LoadSystemInternalGroup('Everyone');
$everyone->PrincipalObj->GrantRight(Right => $_, Object => $queue) for qw(CreateTicket ReplyToTicket SeeQueue);

my ($folder) = @ARGV;
my @mails = map { local (@ARGV, $/) = ($_); scalar <> } sort glob("$folder/*.eml");
my ($waited, $worked, $taken) = (time, (times)[0] + (times)[1], 0);
for my $mail (@mails) {
    my ($status) = RT::Interface::Email::Gateway({ message => $mail, queue => 'General', action => 'correspond' });
    $taken++ if $status == 1;
}
printf "%d %f %f\n", $taken, time - $waited, (times)[0] + (times)[1] - $worked;
