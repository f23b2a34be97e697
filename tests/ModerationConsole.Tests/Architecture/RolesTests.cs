using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Architecture;

/// <summary>Who may do what, written out, so that a change of it is seen and meant.</summary>
public sealed class RolesTests
{
    private const string Matrix = """
                          Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        UseConsole        x         x    x               x            x       x       x
        KeepOwnShift      x         x    x               x            .       .       .
        PlanShifts        .         .    .               .            .       .       x
        ViewTeamWellbeing .         x    .               .            .       .       .
        ReviewCases       x         x    x               x            .       .       .
        ViewCases         x         x    x               x            x       x       .
        ChildSafety       .         .    .               .            .       .       .
        RevealMedia       .         x    .               x            .       x       .
        ViewQueues        .         x    .               x            x       x       x
        ManageQueues      .         .    .               .            .       .       x
        ReassignTasks     .         x    .               .            .       .       .
        ActInBulk         .         x    .               x            .       .       .
        ApproveBulk       .         x    .               .            .       .       x
        RuleOnEscalations .         .    .               x            .       .       .
        ViewEscalations   .         x    .               x            .       x       .
        ViewPolicies      x         x    x               x            x       x       x
        EditPolicies      .         .    .               x            .       .       .
        RunQuality        .         x    .               .            .       .       .
        ReviewQuality     .         .    x               .            .       .       .
        AdjudicateQuality .         x    .               x            .       .       .
        HearAppeals       .         x    .               x            .       .       .
        ViewAppeals       .         x    .               x            x       x       .
        ViewNotices       .         x    .               x            .       x       .
        EnterNotices      .         x    .               x            .       .       .
        MuteReporters     .         x    .               x            .       .       .
        EditRules         .         .    .               .            x       .       .
        ViewInsights      .         x    .               .            x       x       .
        ViewAudit         .         .    .               .            .       x       .
        HandleAlarms      .         .    .               .            .       x       .
        ReviewAccess      .         .    .               .            .       x       x
        BreakGlass        .         .    .               .            .       .       x
        ManagePeople      .         .    .               .            .       .       x
        ManageKeys        .         .    .               .            .       .       x
        ManageItemTypes   .         .    .               .            .       .       x
        ManageActions     .         .    .               .            .       .       x
        ManageRetention   .         .    .               .            .       .       x
        ViewDeliveries    .         x    .               .            x       x       x
        ReplayDeliveries  .         .    .               .            .       .       x
        SubmitItems       .         .    .               .            .       .       .
        SubmitReports     .         .    .               .            .       .       .
        SubmitActions     .         .    .               .            .       .       .
        ReadPolicies      .         .    .               .            .       .       .
        ReadCases         .         .    .               .            .       .       .
        """;

    [Fact]
    public void Role_OfEachName_HoldsExactlyWhatIsWrittenHere()
    {
        string[][] rows = [.. Matrix.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        string[] roles = rows[0];

        string[] written = [.. rows[1..].SelectMany(row => roles.Zip(row[1..]).Where(cell => cell.Second == "x").Select(cell => $"{cell.First} {row[0]}"))];
        string[] held = [.. Enum.GetValues<Permission>().SelectMany(permission => Roles.All.Where(role => Roles.PermissionsOf(role).Contains(permission)).Select(role => $"{role} {permission}"))];

        Assert.Equal(Roles.All.Order(), roles.Order());
        Assert.Equal(Enum.GetNames<Permission>(), rows[1..].Select(row => row[0]));
        Assert.Equal(written.Order(), held.Order());
    }

    [Fact]
    public void RoleMadeHere_MayIncludeWhatStandingRolesDo_NeverChildSafetyNorWhatIsForPrograms()
    {
        Permission[] left = [.. Enum.GetValues<Permission>().Except(Roles.Combinable)];

        Assert.Equal(
            [Permission.ChildSafety, Permission.SubmitItems, Permission.SubmitReports, Permission.SubmitActions, Permission.ReadPolicies, Permission.ReadCases], left);
    }

    [Fact]
    public void Permission_ThatARoleMayInclude_HasWordsAndAPlaceInTheForm()
    {
        Permission[] offered = [.. PermissionGroups.All.SelectMany(group => group.Permissions)];

        Assert.Equal(Roles.Combinable.Except([Permission.UseConsole]).Order(), offered.Order());
        Sources.None(Roles.Combinable.Concat(Roles.ByPerson).Concat(ApiKeys.Grantable).Where(permission => PermissionWords.Of(permission) == permission.ToString()).Select(one => $"{one}"));
        Assert.Equal(offered.Length, offered.Select(PermissionWords.Of).Distinct().Count());
    }

    [Fact]
    public void Admin_ManagingPeople_HoldsNoModerationRight()
    {
        Assert.Empty(Roles.PermissionsOf(Roles.Admin).Intersect(
            [Permission.ReviewCases, Permission.ViewCases, Permission.ChildSafety, Permission.RuleOnEscalations, Permission.ReviewQuality, Permission.ViewAudit]));
    }
}
