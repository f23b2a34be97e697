using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

/// <summary>Asks the person of an open session to prove who they are, and leads back to where they were.</summary>
public sealed partial class ProvePage
{
    private MySecurity? _security;
    private string? _error;
    private string? _passkey;

    [SupplyParameterFromForm(FormName = "prove-password")]
    public Proof Password { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "prove-code")]
    public Proof Code { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "passkey")]
    public PasskeyForm.Form Passkey { get; set; } = null!;

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required GetMySecurity Read { get; init; }

    [Inject]
    public required ProveMyself Prove { get; init; }

    [Inject]
    internal PasskeyExchange Exchange { get; init; } = null!;

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    internal SignInLimits Limits { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string Back => LocalAddress.OrHome(ReturnUrl, ofTheAccount: true);

    protected override async Task OnInitializedAsync()
    {
        Password ??= new Proof();
        Code ??= new Proof();
        Passkey ??= new PasskeyForm.Form();
        Session session = await Current.SessionAsync();
        _security = await Read.RunAsync(session.ToCaller(), Context.RequestAborted);
        _passkey = _security is { Passkeys: > 0 } ? await Exchange.BeginUsingAsync(Context, session.Id) : null;
    }

    private Task ByPasswordAsync() => TryAsync(caller => Prove.ByPasswordAsync(caller, Password.Text ?? "", Context.RequestAborted));

    private Task ByCodeAsync() => TryAsync(caller => Prove.ByCodeAsync(caller, Code.Text ?? "", Context.RequestAborted));

    private Task ByPasskeyAsync() => TryAsync(async caller => await Exchange.UsedAsync(Context, Passkey.Answer, caller.SessionId) is { } used
        ? await Prove.ByPasskeyAsync(caller, used, Context.RequestAborted)
        : ProveResult.Wrong);

    private async Task TryAsync(Func<Caller, Task<ProveResult>> prove)
    {
        Caller caller = await Current.GetAsync();
        if (!Limits.Allow(Context.Connection.RemoteIpAddress, caller.Id.ToString()))
        {
            Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _error = AccountText.TooManyTries;
            return;
        }

        switch (await prove(caller))
        {
            case ProveResult.Proved:
                Navigation.NavigateTo(Back);
                break;
            case ProveResult.LockedOut:
                _error = AccountText.ProveLocked;
                break;
            default:
                _error = AccountText.ProveWrong;
                break;
        }
    }

    /// <summary>What a form sends.</summary>
    public sealed class Proof
    {
        public string? Text { get; set; }
    }
}
