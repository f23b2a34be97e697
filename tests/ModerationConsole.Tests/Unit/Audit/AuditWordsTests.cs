using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Web.Components.Audit;

namespace ModerationConsole.Tests.Unit.Audit;

public sealed class AuditWordsTests
{
    [Theory]
    [MemberData(nameof(Acts))]
    public void Act_OfAnyKind_HasWords(AuditAct act) => Assert.NotEqual(act.ToString(), AuditWords.Act(act));

    [Theory]
    [MemberData(nameof(Faults))]
    public void Finding_OfAnyKind_HasWords(AuditFault fault)
    {
        string words = AuditWords.Finding(new AuditFinding(fault, "entry", 12));

        Assert.DoesNotContain(fault.ToString(), words, StringComparison.Ordinal);
        Assert.Contains("12", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Details_WithNothingInThem_AreLeftOut()
    {
        AuditEntry entry = new() { Details = """{"actions":"","policies":[],"note":null,"verdict":"Allow"}""" };

        Assert.Equal("verdict: Allow", AuditWords.Details(entry, new AuditNames([])));
    }

    public static TheoryData<AuditAct> Acts() => [.. Enum.GetValues<AuditAct>()];

    public static TheoryData<AuditFault> Faults() => [.. Enum.GetValues<AuditFault>()];
}
