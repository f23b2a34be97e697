using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Me;

/// <summary>How the signed-in person's own account is kept: second factor, and where they are signed in.</summary>
public sealed partial class SecurityPage
{
    private MySecurity? _security;
    private IReadOnlyList<SessionRow>? _sessions;
    private Guid _here;

    [Inject]
    public required GetMySecurity Read { get; init; }

    [Inject]
    public required ListMySessions List { get; init; }

    [Inject]
    public required EndMySession End { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private string FactorWords => _security switch
    {
        null => "\u00a0",
        { SecondFactor: true, RecoveryCodesLeft: 0 } => SecurityText.FactorWithoutCodes,
        { SecondFactor: true } on => SecurityText.FactorOn.With(on.RecoveryCodesLeft),
        { Required: true } => SecurityText.FactorRequired,
        _ => SecurityText.FactorOff,
    };

    protected override async Task OnInitializedAsync()
    {
        Session session = await Current.SessionAsync();
        _here = session.Id;
        _security = await Read.RunAsync(session.ToCaller(), CancellationToken.None);
        await ListAsync();
    }

    private static string MethodOf(SessionRow session) => session.Method switch
    {
        SessionMethod.Password => SecurityText.ByPassword,
        SessionMethod.Passkey => SecurityText.ByPasskey,
        SessionMethod.Provider => session.Provider ?? SecurityText.ByProvider,
    };

    private async Task ListAsync() => _sessions = await List.RunAsync(await Current.GetAsync(), CancellationToken.None);

    private async Task EndAsync(SessionRow session)
    {
        await End.RunAsync(await Current.GetAsync(), session.Id, CancellationToken.None);
        Status.Say(SecurityText.Ended.With(BrowserWords.Of(session.Browser)));
        await ListAsync();
    }
}
