using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

/// <summary>A person's own password. A plain form, because the cookie changes with it; all else of theirs is in the settings.</summary>
public sealed partial class AccountPage
{
    private Myself? _myself;
    private string? _passwordError;
    private bool _passwordChanged;

    [SupplyParameterFromForm(FormName = "password")]
    public PasswordForm Passwords { get; set; } = null!;

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required GetMyself Read { get; init; }

    [Inject]
    public required ChangeMyPassword Change { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _myself = await Read.RunAsync(await Current.GetAsync(), Context.RequestAborted);
        Passwords ??= new PasswordForm();
    }

    private async Task ChangePasswordAsync()
    {
        PasswordForm form = Passwords;
        if (form.Chosen != form.Repeated)
        {
            _passwordError = AccountText.PasswordsDiffer;
            return;
        }

        Session session = await Current.SessionAsync();
        ChangePasswordOutcome outcome = await Change.RunAsync(session.ToCaller(), session.Id, form.Present ?? "", form.Chosen ?? "", Context.RequestAborted);
        _passwordError = outcome.Result switch
        {
            ChangePasswordResult.Changed => null,
            ChangePasswordResult.WrongPassword => AccountText.PresentPasswordWrong,
            ChangePasswordResult.LockedOut => AccountText.PresentPasswordLocked,
            ChangePasswordResult.Refused => AccountText.PasswordRefused.With(PasswordRules.MinLength),
        };
        if (outcome.Session is { } renewed)
        {
            await Context.SignInAsync(ConsoleClaims.CookieScheme, renewed.ToPrincipal());
            _passwordChanged = true;
        }
    }

    /// <summary>The password form.</summary>
    public sealed class PasswordForm
    {
        public string? Present { get; set; }

        public string? Chosen { get; set; }

        public string? Repeated { get; set; }
    }
}
