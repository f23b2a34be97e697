using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
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
    private IReadOnlyList<PasskeyRow>? _passkeys;
    private PasskeyRow? _renamed;
    private string? _name;
    private string? _problem;
    private Guid _here;

    [Inject]
    public required GetMySecurity Read { get; init; }

    [Inject]
    public required ListMySessions List { get; init; }

    [Inject]
    public required EndMySession End { get; init; }

    [Inject]
    public required ListMyPasskeys Passkeys { get; init; }

    [Inject]
    public required RemovePasskey Remove { get; init; }

    [Inject]
    public required RenamePasskey Rename { get; init; }

    [Inject]
    public required ProofAsk Proof { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private string FactorWords => _security switch
    {
        null => "\u00a0",
        { SecondFactor: true, RecoveryCodesLeft: 0 } => SecurityText.FactorWithoutCodes,
        { SecondFactor: true } on => SecurityText.FactorOn.With(on.RecoveryCodesLeft),
        { Passkeys: > 0 } => SecurityText.FactorByPasskey,
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

    private async Task ListAsync()
    {
        Caller caller = await Current.GetAsync();
        _passkeys = await Passkeys.RunAsync(caller, CancellationToken.None);
        _sessions = await List.RunAsync(caller, CancellationToken.None);
    }

    private async Task RemoveAsync(PasskeyRow passkey)
    {
        FactorResult result = await Proof.WithAsync(
            async () => await Remove.RunAsync(await Current.GetAsync(), passkey.Id, CancellationToken.None), result => result == FactorResult.ProveFirst);
        Status.Say(result switch
        {
            FactorResult.Done => SecurityText.PasskeyRemoved.With(passkey.Name),
            FactorResult.Required => SecurityText.PasskeyStays,
            _ => ProofText.NotProved,
        });
        await ListAsync();
    }

    private void AskName(PasskeyRow? passkey) => (_renamed, _name, _problem) = (passkey, passkey?.Name, null);

    private async Task RenameAsync()
    {
        if (_renamed is not { } passkey)
        {
            return;
        }

        if (!await Rename.RunAsync(await Current.GetAsync(), passkey.Id, _name ?? "", CancellationToken.None))
        {
            _problem = SecurityText.PasskeyNameInvalid;
            return;
        }

        AskName(null);
        Status.Say(SecurityText.PasskeyRenamed);
        await ListAsync();
    }

    private async Task EndAsync(SessionRow session)
    {
        await End.RunAsync(await Current.GetAsync(), session.Id, CancellationToken.None);
        Status.Say(SecurityText.Ended.With(BrowserWords.Of(session.Browser)));
        await ListAsync();
    }
}
