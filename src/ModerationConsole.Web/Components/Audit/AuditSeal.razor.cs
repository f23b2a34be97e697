using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Audit;

/// <summary>Says how far the audit is verified. Asks again whenever the clock of the page moves on.</summary>
public sealed partial class AuditSeal
{
    private const int MostShown = 5;

    private AuditCheck? _check;
    private SealState? _seal;
    private DateTimeOffset? _asked;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [Inject]
    public required GetAuditCheck GetAuditCheck { get; init; }

    [Inject]
    public required GetSealState GetSealState { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == Moment.Now)
        {
            return;
        }

        _asked = Moment.Now;
        Caller caller = await Current.GetAsync();
        _check = await GetAuditCheck.RunAsync(caller, CancellationToken.None);
        _seal = await GetSealState.RunAsync(caller, CancellationToken.None);
    }

    private string Explain(AuditCheck check) => (check.Found.From == 0 ? AuditText.CheckedAll : AuditText.CheckedRecent)
        .With(check.Found.Entries.Thin(), check.Found.Records.Thin(), Moment.Relative(check.At));
}
