using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Policies;

/// <summary>Who may read policies, and who may write, publish and agree to them.</summary>
public sealed class PolicyRoles : RoleTable
{
    public override string Room => "Policies";

    public override string Rows => """
                         Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        AnswerRevision   .         .    .               x            .       .       .
        DiscardRevision  .         .    .               x            .       .       .
        ListPolicies     x         x    x               x            x       x       x
        ListRevisions    .         .    .               x            .       .       .
        PublishRevision  .         .    .               x            .       .       .
        ReadPolicy       x         x    x               x            x       x       x
        ReadPolicyTree   .         .    .               .            .       .       .
        ReadRevision     .         .    .               x            .       .       .
        SavePolicy       .         .    .               x            .       .       .
        SaveRevision     .         .    .               x            .       .       .
        WithdrawRevision .         .    .               x            .       .       .
        """;
}
