using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.OwnRoles;

/// <summary>What is ours about a role that was made here, beside the framework's row of the same id, which holds its name.</summary>
public sealed class OwnRole : IVersioned
{
    /// <summary>The role's id.</summary>
    public Guid Id { get; init; }

    /// <summary>What it is for.</summary>
    public string Description { get; set; } = "";

    /// <summary>When it was last changed or given to someone, UTC: whoever does either at the same moment meets here.</summary>
    public DateTimeOffset TouchedAt { get; set; }

    /// <summary>When it was retired, UTC; nobody holds it since.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>A permission that a role made here includes.</summary>
public sealed class OwnRolePermission
{
    /// <summary>The role.</summary>
    public Guid RoleId { get; init; }

    /// <summary>The permission.</summary>
    public Permission Permission { get; init; }
}

internal sealed class OwnRoleConfiguration : IEntityTypeConfiguration<OwnRole>, IEntityTypeConfiguration<OwnRolePermission>
{
    public void Configure(EntityTypeBuilder<OwnRole> builder)
    {
        builder.ToTable("own_role");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<IdentityRole<Guid>>().WithOne().HasForeignKey<OwnRole>(row => row.Id);
    }

    public void Configure(EntityTypeBuilder<OwnRolePermission> builder)
    {
        builder.ToTable("own_role_permission");
        builder.HasKey(row => new { row.RoleId, row.Permission });
        builder.HasOne<OwnRole>().WithMany().HasForeignKey(row => row.RoleId);
    }
}
