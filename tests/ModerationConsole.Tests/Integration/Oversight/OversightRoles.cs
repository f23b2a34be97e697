using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Oversight;

/// <summary>Who may look into alarms about the use of the console.</summary>
public sealed class OversightRoles : RoleTable
{
    public override string Room => "Oversight";

    public override string Rows => """
                          Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        CloseAlarm        .         .    .               .            .       x       .
        ListAlarms        .         .    .               .            .       x       .
        """;
}
