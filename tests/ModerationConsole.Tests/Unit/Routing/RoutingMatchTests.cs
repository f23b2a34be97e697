using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Routing;

namespace ModerationConsole.Tests.Unit.Routing;

public sealed class RoutingMatchTests
{
    private static readonly Case s_case = new() { Source = CaseSource.Report, Severity = Severity.High, Language = "pt-BR" };
    private static readonly ItemVersion s_item = new() { TypeId = "post" };

    public static TheoryData<RoutingRow, bool> Rows => new()
    {
        { new RoutingRow(), true },
        { new RoutingRow { ItemTypeId = "post" }, true },
        { new RoutingRow { ItemTypeId = "comment" }, false },
        { new RoutingRow { PolicyId = "pol_spam" }, true },
        { new RoutingRow { PolicyId = "pol_hate" }, false },
        { new RoutingRow { Source = CaseSource.Report }, true },
        { new RoutingRow { Source = CaseSource.Item }, false },
        { new RoutingRow { MinSeverity = Severity.High }, true },
        { new RoutingRow { MinSeverity = Severity.Severe }, false },
        { new RoutingRow { Language = "pt" }, true },
        { new RoutingRow { Language = "pt-PT" }, false },
        { new RoutingRow { ItemTypeId = "post", PolicyId = "pol_spam", Source = CaseSource.Item }, false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_HoldsOnlyWhenEachOfItsConditionsDoes(RoutingRow row, bool holds) =>
        Assert.Equal(holds, RoutingMatch.Holds(row, s_case, s_item, ["pol_spam"]));

    [Theory]
    [InlineData("pt", "pt-BR", true)]
    [InlineData("PT", "pt", true)]
    [InlineData("pt-BR", "pt", false)]
    [InlineData("p", "pt", false)]
    [InlineData("pt", null, false)]
    public void Language_CoversItsVariantsOnly(string wanted, string? tag, bool covers) =>
        Assert.Equal(covers, RoutingMatch.Covers(wanted, tag));
}
