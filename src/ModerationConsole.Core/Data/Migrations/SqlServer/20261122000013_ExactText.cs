using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.SqlServer
{
    /// <summary>Text of up to a line compares byte for byte from here on, as on the other databases; a passkey of any length fits its key.</summary>
    public partial class ExactText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            ArgumentNullException.ThrowIfNull(migrationBuilder);
            SqlServerText.Collate(migrationBuilder, TargetModel, from: null, to: SqlServerConsoleContext.Exact);
            // In a clustered key the server takes 900 bytes; the name of a passkey may have 1,023.
            migrationBuilder.DropPrimaryKey("PK_AspNetUserPasskeys", "AspNetUserPasskeys");
            migrationBuilder.AddPrimaryKey("PK_AspNetUserPasskeys", "AspNetUserPasskeys", "CredentialId").Annotation("SqlServer:Clustered", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            ArgumentNullException.ThrowIfNull(migrationBuilder);
            migrationBuilder.DropPrimaryKey("PK_AspNetUserPasskeys", "AspNetUserPasskeys");
            migrationBuilder.AddPrimaryKey("PK_AspNetUserPasskeys", "AspNetUserPasskeys", "CredentialId");
            SqlServerText.Collate(migrationBuilder, TargetModel, from: SqlServerConsoleContext.Exact, to: null);
        }
    }
}
