using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>Who may make and change roles.</summary>
public sealed class OwnRoleRoles : RoleTable
{
    public override string Room => "People.OwnRoles";

    public override string Rows => """
                   Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        ChangeRole .         .    .               .            .       .       x
        ListRoles  .         .    .               .            .       .       x
        MakeRole   .         .    .               .            .       .       x
        RetireRole .         .    .               .            .       .       x
        """;
}
