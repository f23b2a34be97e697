using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>Who may see and answer what waits for a second administrator.</summary>
public sealed class SecondPersonRoles : RoleTable
{
    public override string Room => "People.Second";

    public override string Rows => """
                          Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        AnswerRoleRequest .         .    .               .            .       .       x
        ListRoleRequests  .         .    .               .            .       .       x
        """;
}
