using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

/// <summary>A person's own second factor: sets it up, makes new recovery codes, takes it away. Asks for a fresh proof before it shows anything.</summary>
public sealed partial class SecondFactorPage
{
    private MySecurity? _security;
    private string? _error;
    private string? _secret;
    private string _packed = "";
    private IReadOnlyList<string>? _codes;
    private bool _renewed;
    private bool _removed;

    [SupplyParameterFromForm(FormName = "second-factor")]
    public AuthenticatorSetup.Form Setup { get; set; } = null!;

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required GetMySecurity Read { get; init; }

    [Inject]
    public required AddAuthenticator Add { get; init; }

    [Inject]
    public required RemoveAuthenticator Remove { get; init; }

    [Inject]
    public required RenewRecoveryCodes Renew { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    internal PendingSecrets Secrets { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Setup ??= new AuthenticatorSetup.Form();
        Caller caller = await Current.GetAsync();
        _security = await Read.RunAsync(caller, Context.RequestAborted);
        if (_security is not { Proved: true })
        {
            AskForProof();
        }
        else if (!_security.SecondFactor)
        {
            _secret = Secrets.Unpack(caller.Id, Setup.Secret) ?? Authenticator.NewSecret();
            _packed = Secrets.Pack(caller.Id, _secret);
        }
    }

    private async Task SetUpAsync()
    {
        if (_secret is { } secret)
        {
            Show(await Add.RunAsync(await Current.GetAsync(), secret, Setup.Code ?? "", Context.RequestAborted));
        }
    }

    private async Task RenewAsync()
    {
        _renewed = true;
        Show(await Renew.RunAsync(await Current.GetAsync(), Context.RequestAborted));
    }

    private async Task RemoveAsync()
    {
        FactorOutcome outcome = await Remove.RunAsync(await Current.GetAsync(), Context.RequestAborted);
        _removed = outcome.Result == FactorResult.Done;
        Show(outcome);
    }

    private void Show(FactorOutcome outcome)
    {
        _codes = outcome.RecoveryCodes;
        _error = outcome.Result switch
        {
            FactorResult.Done => null,
            FactorResult.WrongCode => AccountText.SetupCodeWrong,
            FactorResult.NotNow => AccountText.SecondFactorNotNow,
            FactorResult.Required => AccountText.SecondFactorStays,
            FactorResult.ProveFirst => null,
        };
        if (outcome.Result == FactorResult.ProveFirst)
        {
            AskForProof();
        }
    }

    private void AskForProof() => Navigation.NavigateTo(ProveFirst.AddressFor("/account/second-factor"));
}
