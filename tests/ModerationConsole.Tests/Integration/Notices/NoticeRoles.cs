using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Notices;

/// <summary>Who may look at legal notices and their clocks.</summary>
public sealed class NoticeRoles : RoleTable
{
    public override string Room => "Notices";

    public override string Rows => """
                          Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        ListClocks        .         x    .               x            .       x       .
        ListNoticeTypes   .         x    .               x            .       .       .
        ListNoticesOfCase x         x    x               x            x       x       .
        ReadNotice        .         x    .               x            .       x       .
        ReadNoticesOnDesk x         x    x               x            .       .       .
        """;
}
